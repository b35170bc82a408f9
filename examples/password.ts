// #region main
import { concat, of } from 'rxjs';
import { reply, request, type RequestTimeoutError, type SecurityError, text } from 'rxzmq';

const passwords = new Map([['ali', 'sesame']]);
const service = reply('tcp://127.0.0.1:*', (question: string) => `${question} Yes.`, {
  codec: text,
  security: {
    mechanism: 'plain',
    authenticate: async ({ username, password }) => passwords.get(username) === password, // may take its time
  },
  status: (status) => status.kind === 'listening' && visit(status.endpoint),
}).subscribe();

function visit(endpoint: string) {
  const ask = (question: string, password: string) => {
    const security = { mechanism: 'plain', username: 'ali', password } as const;
    return of(question).pipe(request(endpoint, { codec: text, security, connectTimeoutMs: 900, status: () => null }));
  };
  concat(ask('Is it me?', 'sesame'), ask('And now?', 'thyme')).subscribe({
    next: (answer) => console.log(answer),
    error: (error: unknown) => {
      const { code, cause } = error as RequestTimeoutError;
      console.log(code, 'because of', (cause as SecurityError).code);
      service.unsubscribe();
    },
  });
}
// #endregion main
