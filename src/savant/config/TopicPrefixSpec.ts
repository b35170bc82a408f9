/**
 * Which topics a reader accepts: all, those of one source, or those that start with a prefix. The texts are the form of savant_rs
 * in configurations; use bytes for topics that are not text.
 */
export type TopicPrefixSpec =
  | 'none'
  | `source{${string}}`
  | `prefix{${string}}`
  | { readonly sourceId: string | Uint8Array }
  | { readonly prefix: string | Uint8Array };
