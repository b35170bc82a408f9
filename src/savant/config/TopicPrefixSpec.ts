/**
 * Which topics a reader lets through: all, those of one source, or those that start with a prefix. The texts are how savant_rs
 * writes it in configurations; bytes are for topics that are no text.
 */
export type TopicPrefixSpec =
  | 'none'
  | `source{${string}}`
  | `prefix{${string}}`
  | { readonly sourceId: string | Uint8Array }
  | { readonly prefix: string | Uint8Array };
