/** Whether a part of a message is a subscription, `01 topic`, or an unsubscription, `00 topic`. */
export function isChange(part: Uint8Array | undefined): boolean {
  return part !== undefined && part.length > 0 && part[0]! <= 1;
}
