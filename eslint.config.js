// @ts-check
import { builtinModules } from 'node:module';
import prettier from 'eslint-config-prettier';
import rxjs from 'eslint-plugin-rxjs-x';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

// What a room may not import. ESLint replaces a rule's options instead of merging them, so each room gets one full list.
const builtin = `^(node:|(${builtinModules.filter((name) => !name.startsWith('_')).join('|')})(/|$))`;
const ban = {
  node: { regex: builtin, message: 'Only engine/carriers, native and entry points for Node may need node: modules.' },
  rxjs: { regex: '^rxjs(/|$)', message: 'Only the edge knows RxJS: sources, sinks, operators, sockets, internal.' },
  driver: { regex: '/(native|engine)/', message: 'This room knows no driver; go through the Socket interface.' },
  zeromq: { regex: '^zeromq(/|$)', message: 'Only src/native imports zeromq, lazily.' },
  lazily: { regex: '^zeromq(/|$)', allowTypeImports: true, message: 'Load zeromq lazily: it may not be installed.' },
  carriers: { regex: '/carriers/', message: 'State machines and patterns know no I/O.' },
  self: { regex: '^rxzmq(/|$)', message: 'Inside src, import the file itself.' },
  schedulers: {
    regex: '^rxjs$',
    importNames: ['asyncScheduler', 'asapScheduler', 'queueScheduler', 'animationFrameScheduler'],
    message: 'Time comes from the Clock (src/internal/Clock.ts).',
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

const time = 'Time comes from the Clock (src/internal/Clock.ts), so that virtual time can drive it.';
const clockGlobals = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'performance'];
const clockSyntax = [
  { selector: 'MemberExpression[object.name="Date"][property.name="now"]', message: time },
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: time },
  { selector: 'MemberExpression[object.name="process"][property.name=/^(hrtime|nextTick)$/]', message: time },
];

export default defineConfig(
  globalIgnores(['dist', 'docs/api', 'coverage', '**/.venv', '**/node_modules', 'bench/results']),
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
    rules: {
      ...imports(ban.node, ban.zeromq, ban.schedulers),
      'no-restricted-globals': [
        'error',
        { globals: clockGlobals.map((name) => ({ name, message: time })), checkGlobalObject: true },
      ],
      'no-restricted-syntax': ['error', ...clockSyntax, ...dynamicZeromq],
    },
  },
  {
    files: ['src/frame/**', 'src/codecs/**', 'src/demand/**'],
    rules: imports(ban.rxjs, ban.node, ban.driver, ban.zeromq),
  },
  { files: ['src/operators/**'], rules: imports(ban.driver, ban.node, ban.zeromq, ban.schedulers) },
  { files: ['src/engine/**'], rules: imports(ban.rxjs, ban.node, ban.zeromq) },
  {
    files: ['src/engine/zmtp/**', 'src/engine/patterns/**'],
    rules: imports(ban.rxjs, ban.node, ban.zeromq, ban.carriers),
  },
  { files: ['src/engine/carriers/**'], rules: imports(ban.rxjs, ban.zeromq) },
  { files: ['src/sigmf/**'], rules: imports(ban.driver, ban.zeromq, ban.schedulers) }, // for Node alone
  {
    files: ['src/native/**'],
    rules: { ...imports(ban.rxjs, ban.lazily), 'no-restricted-syntax': ['error', ...clockSyntax] },
  },
  {
    // The two files that read a clock or set a timer.
    files: ['src/internal/defaultClock.ts', 'src/frame/getTimestampNs.ts'],
    rules: {
      'no-restricted-globals': 'off',
      'no-restricted-syntax': ['error', ...dynamicZeromq],
    },
  },
  {
    // The one helper that chains subscribers, which RxJS 7 has no other way to do.
    files: ['src/internal/chain.ts'],
    rules: { '@typescript-eslint/no-deprecated': 'off', 'rxjs-x/no-subclass': 'off' },
  },
  {
    // What was written leaves in nextTick.
    files: ['src/engine/carriers/nodeContext.ts'],
    rules: { 'no-restricted-syntax': ['error', ...dynamicZeromq] },
  },
  { files: ['src/internal/warn.ts'], rules: { 'no-console': 'off' } }, // what it is for
  { files: ['src/internal/defaultClock.ts'], rules: imports(ban.node, ban.zeromq) },

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
