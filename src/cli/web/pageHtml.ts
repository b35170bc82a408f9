/** Where the page finds packages: it asks no other host. */
export const importMap = JSON.stringify({
  imports: {
    rxjs: '/rxzmq/page-rxjs.js',
    rxzmq: '/rxzmq/browser.js',
    'rxzmq/scope': '/rxzmq/browser-scope.js',
  },
});

/** The page of the scope. Its token stands in the fragment of the link, which browsers send to nobody. */
export const pageHtml = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>rxzmq scope</title>
<link rel="icon" href="data:,">
<style>
html, body { height: 100%; margin: 0; background: #101014; color: #ddd; font: 14px system-ui, sans-serif; }
rx-scope { display: block; height: 100vh; height: 100dvh; border-radius: 0; }
p { padding: 1em; }
</style>
<script type="importmap">${importMap}</script>
</head>
<body>
<noscript><p>The scope needs JavaScript.</p></noscript>
<script type="module" src="/page.js"></script>
</body>
</html>
`;

/** The program of the page. */
export const pageScript = `const token = new URLSearchParams(location.hash.slice(1)).get('token');
if (token === null) {
  const text = document.createElement('p');
  text.textContent = 'The link is not complete: open it as rxzmq printed it, with everything behind the #.';
  document.body.append(text);
} else {
  await import('rxzmq/scope');
  const scope = document.createElement('rx-scope');
  scope.token = token;
  scope.setAttribute('src', '/iq');
  scope.setAttribute('peak-hold', '');
  scope.setAttribute('peak-decay', '6');
  document.body.append(scope);
}
`;
