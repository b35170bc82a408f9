// @ts-check
import prettier from 'eslint-config-prettier';
import rxjs from 'eslint-plugin-rxjs-x';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { borders } from './scripts/borders.mjs';

/**
 * The rooms of src/, from the bottom to the top, and what each may import: rooms, and packages. A file that is named here is a room
 * of its own. Every arrow runs down, to a room that stands higher on this page: so there is no circle.
 */
export const rooms = {
  errors: '',
  basics: '',
  memory: 'basics',
  time: 'basics',
  options: 'errors basics time',
  samples: 'errors basics memory',
  frame: 'errors basics memory time options samples',
  dpstream: 'errors basics memory samples frame',
  spectrum: 'samples frame fourier-transform',
  demand: 'errors basics',
  codecs: 'errors basics time options samples frame dpstream spectrum',
  driver: 'errors basics memory time samples codecs',

  'engine/zmtp': 'basics memory driver',
  'engine/carriers': 'basics',
  'engine/carriers/memory': 'basics time engine/carriers',
  'engine/carriers/node': 'basics time engine/zmtp engine/carriers node: @noble/ciphers',
  'engine/pipes': 'basics memory driver engine/zmtp',
  'engine/web': 'basics memory time driver engine/zmtp engine/pipes',
  'engine/web/memory': 'time engine/web',
  'engine/context': 'basics engine/zmtp engine/carriers engine/pipes engine/web',
  'engine/patterns/turns': 'basics driver engine/pipes',
  'engine/patterns': 'errors basics driver engine/pipes',
  'engine/patterns/pubsub': 'errors basics memory driver engine/pipes engine/patterns engine/patterns/turns',
  'engine/patterns/reqrep': 'errors basics memory driver engine/pipes engine/patterns engine/patterns/turns',
  'engine/patterns/pipeline': 'errors basics memory driver engine/pipes engine/patterns engine/patterns/turns',
  'engine/patterns/pair': 'errors basics memory driver engine/pipes engine/patterns',
  'engine/patterns/clientserver': 'basics engine/pipes engine/patterns engine/patterns/reqrep',
  'engine/connections':
    'errors basics memory time driver engine/zmtp engine/carriers engine/pipes engine/context engine/patterns',
  'engine/web/endpoints':
    'errors basics time driver engine/zmtp engine/pipes engine/web engine/context engine/patterns engine/connections',
  'engine/inproc': 'basics driver engine/zmtp engine/carriers engine/pipes engine/context engine/connections',
  engine:
    'errors basics time driver engine/zmtp engine/pipes engine/web engine/web/endpoints engine/context engine/connections engine/inproc engine/patterns ' +
    'engine/patterns/pubsub engine/patterns/reqrep engine/patterns/pipeline engine/patterns/pair engine/patterns/clientserver',
  browser: 'engine/web',
  native: 'errors basics memory time driver node: zeromq',
  'nats/settings': 'errors basics time options codecs driver',
  nats: 'errors basics memory time samples dpstream codecs driver nats/settings @nats-io/nats-core @nats-io/jetstream',
  'nats/node': 'errors nats @nats-io/transport-node @nats-io/jetstream',

  'workers/wire': 'memory',
  'workers/threads': 'workers/wire',
  'workers/node': 'workers/wire workers/threads node:',
  'workers/browser': 'errors workers/wire workers/threads',

  'platform/VirtualEnvironment': 'time driver engine',
  security: 'errors basics options demand driver engine/carriers/node',
  'platform/nodeChannels': 'errors engine/web browser ws',
  'platform/inCallerContext': 'basics driver',
  'platform/beyondEngine': 'errors basics driver',
  'platform/node':
    'fastest-levenshtein security basics time options codecs driver engine engine/context engine/carriers/node engine/web browser native nats nats/node workers/node platform/VirtualEnvironment platform/nodeChannels platform/inCallerContext platform/beyondEngine',
  'platform/browser':
    'errors basics driver engine engine/web engine/context engine/patterns engine/patterns/pubsub engine/patterns/reqrep engine/patterns/pipeline browser workers/browser platform/node platform/VirtualEnvironment',
  platform: 'errors basics time driver platform/node platform/VirtualEnvironment',
  'security/curveKeyPair': 'basics platform/node',
  'security/curvePublicKey': 'basics security platform/node',

  // RxJS begins here.
  rx: 'basics time options demand rxjs',
  'endpoints/status': 'platform/node errors basics time options demand driver rx rxjs',
  endpoints: 'platform/node errors basics options codecs demand driver platform security rx endpoints/status',
  'endpoints/receiving':
    'errors basics memory time options samples frame demand codecs driver platform rx endpoints endpoints/status rxjs',
  'endpoints/sending':
    'platform/node errors basics memory time options samples frame demand codecs driver platform rx endpoints endpoints/status rxjs',
  'endpoints/requests':
    'platform/node errors basics memory time options frame demand codecs driver platform rx ' +
    'endpoints endpoints/status endpoints/receiving endpoints/sending rxjs',
  sources:
    'platform/node errors basics options samples frame demand codecs driver rx ' +
    'endpoints endpoints/status endpoints/receiving endpoints/requests rxjs',
  'operators/flows': 'errors basics time samples frame spectrum demand rx endpoints/requests rxjs',
  operators:
    'errors basics time options samples frame spectrum demand codecs driver rx endpoints/requests sources operators/flows rxjs',
  sinks: 'platform/node errors options frame driver endpoints endpoints/sending rxjs',
  sockets:
    'platform/node errors basics memory time options samples demand driver platform security rx ' +
    'endpoints endpoints/status endpoints/receiving endpoints/sending rxjs',
  'sockets/proxy': 'errors basics memory options demand rx sockets rxjs',

  'savant/schema': 'errors basics',
  'savant/messages': 'errors basics memory options rx savant/schema',
  'savant/rules': 'basics time savant/schema',
  'savant/config':
    'platform/node errors basics options demand driver platform security endpoints endpoints/status savant/messages savant/rules rxjs',
  'savant/socket': 'errors basics time driver platform platform/node savant/config',
  'savant/reader':
    'errors basics time demand driver rx endpoints/status endpoints/receiving ' +
    'savant/schema savant/messages savant/rules savant/config savant/socket rxjs',
  'savant/writer':
    'errors basics memory time demand driver rx endpoints/status endpoints/receiving endpoints/sending ' +
    'savant/schema savant/messages savant/rules savant/config savant/socket rxjs',
  savant: 'savant/schema savant/messages savant/rules savant/config savant/socket savant/reader savant/writer',
  'gnuradio/pmt': 'errors basics options codecs',
  'gnuradio/stream/types': 'samples frame gnuradio/pmt',
  'gnuradio/stream/tagHeader': 'errors gnuradio/pmt gnuradio/stream/types',
  'gnuradio/lookingLike': 'errors basics frame codecs gnuradio/pmt gnuradio/stream/tagHeader',
  'gnuradio/messages': 'errors basics options codecs gnuradio/pmt gnuradio/lookingLike',
  'gnuradio/stream':
    'errors basics time options samples frame codecs gnuradio/pmt ' +
    'gnuradio/stream/types gnuradio/stream/tagHeader gnuradio/lookingLike',
  gnuradio: 'gnuradio/pmt gnuradio/messages gnuradio/stream gnuradio/stream/types',
  'gateway/http': 'basics node:',
  'gateway/limits': 'time node:',
  'gateway/admission': 'basics options demand engine/web platform/node node:',
  'gateway/forward':
    'platform/node errors basics options codecs driver security rx endpoints/status endpoints/requests sources sinks sockets rxjs',
  gateway:
    'errors basics options driver time engine/connections engine/web rx gateway/http gateway/limits gateway/admission ' +
    'gateway/forward node: ws',
  'sigmf/errors': 'errors basics',
  'sigmf/samples': 'memory samples frame',
  'sigmf/metadata': 'basics sigmf/errors sigmf/samples',
  'sigmf/wav': 'basics sigmf/errors sigmf/metadata',
  'sigmf/files': 'errors memory options sigmf/errors sigmf/metadata node: tar',
  'sigmf/reading':
    'memory time options samples frame demand sources operators sigmf/errors sigmf/files sigmf/metadata sigmf/samples node: rxjs',
  'sigmf/writing':
    'errors basics time samples frame demand rx operators/flows sigmf/errors sigmf/files sigmf/metadata sigmf/samples node:',
  'sigmf/iq':
    'errors basics memory time options samples frame rx sigmf/errors sigmf/files sigmf/samples sigmf/wav sigmf/writing node:',
  'sigmf/rtl': 'errors basics time options samples frame demand rx sigmf/iq sigmf/samples node: rxjs',
  sigmf:
    'errors basics time options samples frame demand rx sources sigmf/errors sigmf/files sigmf/iq sigmf/metadata ' +
    'sigmf/reading sigmf/rtl sigmf/samples sigmf/writing node: rxjs',
  'workers/errors': 'errors',
  'workers/stage': 'workers/wire',
  'workers/pool': 'basics demand rx workers/errors workers/wire workers/threads',
  workers:
    'platform/node errors basics demand options time rx operators/flows workers/errors workers/wire workers/threads workers/stage workers/pool rxjs',
  'testing/compare': 'basics samples frame rxjs',
  testing:
    'errors basics time options samples frame demand codecs driver platform/VirtualEnvironment ' +
    'engine engine/carriers engine/carriers/memory engine/web engine/web/memory engine/context operators sources sinks testing/compare rxjs',
  'scope/core': 'frame spectrum',
  'scope/paint': 'spectrum scope/core',
  'scope/view': 'frame spectrum scope/core scope/paint',
  'scope/host': 'basics samples frame driver rx spectrum scope/core scope/paint scope/view rxjs',
  scope:
    'errors basics time options frame driver engine/web rx operators spectrum scope/core scope/view scope/host rxjs',
  'scope/element':
    'errors basics frame codecs driver rx endpoints sources spectrum scope/core scope/view scope/host scope rxjs',
  'scope/worker': 'scope/paint scope/view scope/host',
  'scope/index': 'spectrum scope/core scope/view scope/host scope scope/element',
  'angular/client':
    '@angular/core errors basics time options driver browser rx endpoints/status endpoints operators sources sinks rxjs',
  'angular/testing': 'errors time frame driver endpoints/status operators rx angular/client rxjs',
  angular:
    '@angular/core errors options samples frame driver endpoints/status endpoints rx sources angular/client angular/testing rxjs',
  'nats/page': 'errors nats platform/node @nats-io/nats-core @nats-io/jetstream',
  'nats/index': 'errors dpstream codecs driver endpoints endpoints/receiving nats/page',
  index:
    'security/curveKeyPair security/curvePublicKey errors basics time samples frame spectrum demand codecs driver platform security rx endpoints endpoints/status endpoints/receiving ' +
    'endpoints/sending endpoints/requests operators operators/flows sources sinks sockets sockets/proxy',

  // The command line stands on what everybody can import, and on a few pure functions.
  'cli/words': 'index',
  'cli/code': 'index rxjs',
  'cli/signals': 'index',
  'cli/scope': 'index spectrum cli/words cli/signals node: rxjs',
  'cli/run': 'index spectrum cli/words cli/scope node: rxjs',
  'cli/options': 'cli/code cli/run commander node:',
  'cli/messages': 'index spectrum gnuradio codecs cli/signals cli/scope cli/run cli/options rxjs',
  'cli/places':
    'index spectrum sigmf sigmf/iq gnuradio nats/index nats nats/settings cli/code cli/scope cli/run cli/messages cli/options node: rxjs ' +
    '@nats-io/transport-node @nats-io/jetstream',
  'cli/stages': 'index cli/code cli/run cli/options rxjs',
  'cli/completion': 'commander',
  'cli/web': 'index gateway cli/code cli/run cli/messages cli/options cli/places node: rxjs ws',
  'cli/commands':
    'index gateway cli/code cli/signals cli/scope cli/run cli/messages cli/options cli/places cli/stages cli/completion cli/web node: rxjs commander',
  cli: 'cli/run cli/commands node: commander',
};

const ban = {
  zeromq: { regex: '^zeromq(/|$)', message: 'Only src/native imports zeromq, lazily.' },
  lazily: { regex: '^zeromq(/|$)', allowTypeImports: true, message: 'Load zeromq lazily: it may not be installed.' },
  self: { regex: '^rxzmq(/|$)', message: 'Inside src, import the file itself.' },
  schedulers: {
    regex: '^rxjs$',
    importNames: [
      ...['asyncScheduler', 'asapScheduler', 'queueScheduler', 'animationFrameScheduler'],
      ...['timestamp', 'timeInterval', 'timer', 'interval', 'timeout'],
    ],
    message: 'Time comes from the Clock (src/time/Clock.ts).',
  },
};

/** @param {{ regex: string; message: string }[]} patterns */
const imports = (...patterns) => ({
  '@typescript-eslint/no-restricted-imports': ['error', { patterns: [ban.self, ...patterns] }],
});

// `import('zeromq')` and `require('zeromq')` are not import declarations; the rule above does not see them.
const dynamicZeromq = [
  { selector: 'ImportExpression[source.value=/^zeromq/]', message: ban.zeromq.message },
  { selector: 'CallExpression[callee.name="require"][arguments.0.value=/^zeromq/]', message: ban.zeromq.message },
];

const time = 'Time comes from the Clock (src/time/Clock.ts), so that virtual time can drive it.';
const clockGlobals = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'performance'];
const clockSyntax = [
  { selector: 'MemberExpression[object.name="Date"][property.name="now"]', message: time },
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: time },
  { selector: 'MemberExpression[object.name="process"][property.name=/^(hrtime|nextTick)$/]', message: time },
];
// Deadlines are set and measured on one time, and judged once the loop has looked for I/O.
const realTime =
  'Deadlines go by `now` of the Clock; `realMs` runs on where time is virtual, and is for the budget of a turn.';
const judged =
  'What decides about a peer takes a Deadline, which lets the loop look for I/O first. Say why where nothing is decided.';
const realMs = { selector: 'MemberExpression[property.name="realMs"]', message: realTime };
const clockUse = [realMs, { selector: 'CallExpression[callee.property.name="after"]', message: judged }];

export default defineConfig(
  // Apps of Angular have its compiler's strict checks, in `npm run test:angular`.
  globalIgnores([
    'examples/angular',
    'test/angular/app/specs',
    'test/angular/app/oldest',
    'dist',
    'docs/api',
    'coverage',
    'test/package/consumer/mistakes.ts', // programs that do not compile
    '**/.venv',
    '**/node_modules',
    'bench/results',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },

  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, rxjs.configs.strict],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/ban-ts-comment': ['error', { minimumDescriptionLength: 8 }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off', // `return settle(x)` is fine
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Callers in plain JavaScript and bytes from the wire break what the types promise: such checks are needed.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // `noUncheckedIndexedAccess` is on; in loops over bytes `!` is the honest way to say that the index is in range.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      // Types are structural, those of RxJS and of the errors here included.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Overloads carry the types here, and each has its own line in the docs.
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Operators that are not in the box subscribe by hand and hand errors on.
      'rxjs-x/no-nested-subscribe': 'off',
      'rxjs-x/no-ignored-default-value': 'off',
    },
  },

  {
    files: ['src/**/*.ts'],
    plugins: { house: { rules: { borders } } },
    rules: {
      'house/borders': ['error', rooms],
      ...imports(ban.zeromq, ban.schedulers),
      'no-restricted-globals': [
        'error',
        { globals: clockGlobals.map((name) => ({ name, message: time })), checkGlobalObject: true },
      ],
      'no-restricted-syntax': ['error', ...clockSyntax, ...clockUse, ...dynamicZeromq],
    },
  },
  {
    files: ['src/native/**'],
    rules: { ...imports(ban.lazily), 'no-restricted-syntax': ['error', ...clockSyntax, ...clockUse] },
  },
  {
    // The files that read a clock or set a timer.
    files: [
      'src/rx/defaultClock.ts',
      'src/time/nextTask.ts',
      'src/time/getTimestampNs.ts',
      'src/scope/host/pageTiming.ts',
    ],
    rules: {
      'no-restricted-globals': 'off',
      'no-restricted-syntax': ['error', ...dynamicZeromq],
    },
  },
  {
    files: ['src/time/Deadline.ts', 'src/testing/VirtualClock.ts'],
    rules: { 'no-restricted-syntax': ['error', ...clockSyntax, realMs, ...dynamicZeromq] },
  },
  {
    files: ['src/time/TurnBudget.ts'],
    rules: { 'no-restricted-syntax': ['error', ...clockSyntax, ...clockUse.slice(1), ...dynamicZeromq] },
  },
  {
    // What chains subscribers, which RxJS 7 has no other way to do: the one helper, and what is made for each value.
    files: ['src/rx/chain.ts', 'src/operators/flows/InnerStream.ts'],
    rules: { '@typescript-eslint/no-deprecated': 'off', 'rxjs-x/no-subclass': 'off' },
  },
  {
    // What was written leaves in nextTick.
    files: ['src/engine/carriers/node/afterTask.ts'],
    rules: { 'no-restricted-syntax': ['error', ...dynamicZeromq] },
  },
  { files: ['src/basics/warn.ts'], rules: { 'no-console': 'off' } }, // what it is for
  { files: ['src/rx/defaultClock.ts'], rules: imports(ban.zeromq) },
  {
    // A program: it runs in real time.
    files: ['src/cli/**'],
    rules: {
      'rxjs-x/no-unsafe-takeuntil': 'off', // a command ends at its source, so that what follows can drain
      ...imports(ban.zeromq),
      'no-restricted-globals': 'off',
      'no-restricted-syntax': ['error', ...dynamicZeromq],
    },
  },

  {
    files: ['test/**/*.ts', 'examples/**/*.ts', 'bench/**/*.ts', 'scripts/**/*.ts'],
    rules: {
      'no-console': 'off',
      // vitest's matchers are used as bare references and its callbacks are async as a matter of course.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/require-await': 'off',
      // Short programs leave errors to the process, and tests subscribe for the side effect.
      'rxjs-x/no-ignored-error': 'off',
      'rxjs-x/no-floating-observables': 'off',
      'rxjs-x/no-subject-unsubscribe': 'off',
    },
  },
  {
    // Tests hand in what the types forbid.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/no-deprecated': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off', // a type test reads what must not compile
      '@typescript-eslint/no-unnecessary-type-arguments': 'off',
      'rxjs-x/no-ignored-replay-buffer': 'off', // a recorder keeps all
      'rxjs-x/no-unnecessary-collection': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      'rxjs-x/throw-error': 'off',
    },
  },

  {
    files: ['**/*.{js,mjs,cjs}'],
    extends: [tseslint.configs.recommended],
    rules: { eqeqeq: 'error' },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  prettier,
);
