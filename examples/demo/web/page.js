// What runs in the browser. Behind ?lines the gateway computes the spectrum: 0.12 MB/s instead of 2.
import 'rxzmq/scope';

if (location.search.startsWith('?lines')) document.querySelector('rx-scope').setAttribute('src', '/lines');
if (location.search.startsWith('?all')) document.querySelector('rx-scope').setAttribute('coverage', 'all');
