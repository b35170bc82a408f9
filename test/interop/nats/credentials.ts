import { createAccount, createOperator, createUser, type KeyPair } from '@nats-io/nkeys';

/** What a server needs to know of one account, and what a user of it proves itself with. */
export interface Account {
  readonly config: string;
  /** What a credentials file says. */
  readonly credentials: string;
  readonly seed: string;
}

/** An operator, an account and a user, each signed by the one before, as the tools of NATS make them. */
export function account(): Account {
  const [operator, owner, user] = [createOperator(), createAccount(), createUser()];
  const operatorJwt = jwt(operator, operator, 'O', { type: 'operator', version: 2 });
  const none = { subs: -1, data: -1, payload: -1, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 };
  const accountJwt = jwt(operator, owner, 'A', { type: 'account', version: 2, limits: none });
  const userJwt = jwt(owner, user, 'U', {
    type: 'user',
    version: 2,
    subs: -1,
    data: -1,
    payload: -1,
    pub: {},
    sub: {},
  });
  const seed = new TextDecoder().decode(user.getSeed());
  return {
    config: `operator: "${operatorJwt}"\nresolver: MEMORY\nresolver_preload: { ${owner.getPublicKey()}: "${accountJwt}" }`,
    credentials: [
      '-----BEGIN NATS USER JWT-----',
      userJwt,
      '------END NATS USER JWT------',
      '',
      '-----BEGIN USER NKEY SEED-----',
      seed,
      '------END USER NKEY SEED------',
      '',
    ].join('\n'),
    seed,
  };
}

function jwt(issuer: KeyPair, subject: KeyPair, name: string, nats: object): string {
  const claims = {
    jti: name,
    iat: Math.floor(Date.now() / 1000),
    iss: issuer.getPublicKey(),
    name,
    sub: subject.getPublicKey(),
    nats,
  };
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${encode({ typ: 'JWT', alg: 'ed25519-nkey' })}.${encode(claims)}`;
  const signature = issuer.sign(new TextEncoder().encode(signed));
  return `${signed}.${Buffer.from(signature).toString('base64url')}`;
}
