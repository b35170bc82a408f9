import { byteText } from '../../../basics/byteText.js';

/** A node of a {@link TopicTree}: a topic that has a value, or a fork. */
export class TopicNode<V> {
  value: V | undefined = undefined;
  parent: TopicNode<V> | undefined = undefined;
  /** No two children have the same first byte. */
  children: TopicNode<V>[] = NO_CHILDREN;
  /** The same children, if there are many, each at the index of its first byte minus {@link low}. */
  table: (TopicNode<V> | undefined)[] | undefined = undefined;
  low = 0;
  /** Its first byte after the topic of its parent. */
  first = 0;

  /**
   * @param text starts with its topic; shared with nodes below or above, so that no byte is stored twice
   * @param start where the topic of its parent ends
   * @param end where its own topic ends
   */
  constructor(
    readonly text: string,
    public start: number,
    readonly end: number,
  ) {
    if (end > start) this.first = text.charCodeAt(start);
  }

  /** As a string, one character for each byte. */
  get topic(): string {
    return this.end === this.text.length ? this.text : this.text.slice(0, this.end);
  }
}

/** Shared by all nodes without children, and never changed. */
const NO_CHILDREN: never[] = [];

/** How many children are searched one by one; for more there is a table. */
const FEW_CHILDREN = 4;

/**
 * A map from topics to values, which finds all prefixes of some bytes in one pass over them. A node is a topic or a fork, never a
 * single byte: a topic of a thousand bytes costs two nodes at most.
 */
export class TopicTree<V> {
  readonly #root = new TopicNode<V>('', 0, 0);

  /** Returns the node of the topic, if it has a value. */
  find(topic: Uint8Array): TopicNode<V> | undefined {
    let node = this.#root;
    while (node.end < topic.length) {
      const child = childAt(node, topic[node.end]!);
      if (child === undefined || !continues(child, topic)) return undefined;
      node = child;
    }
    return node.value === undefined ? undefined : node;
  }

  /** Returns the node of the longest topic with a value that the bytes start with. */
  longest(bytes: Uint8Array): TopicNode<V> | undefined {
    let node = this.#root;
    let found = node.value === undefined ? undefined : node;
    while (node.end < bytes.length) {
      const child = childAt(node, bytes[node.end]!);
      if (child === undefined || !continues(child, bytes)) break;
      node = child;
      if (node.value !== undefined) found = node;
    }
    return found;
  }

  /** Whether the bytes start with a topic that has a value. */
  startsAny(bytes: Uint8Array): boolean {
    let node = this.#root;
    while (node.value === undefined) {
      if (node.end >= bytes.length) return false;
      const child = childAt(node, bytes[node.end]!);
      if (child === undefined || !continues(child, bytes)) return false;
      node = child;
    }
    return true;
  }

  /** Returns the node of the topic; creates it if there is none. Give it a value, or {@link prune} it. */
  reach(topic: Uint8Array): TopicNode<V> {
    let node = this.#root;
    while (node.end < topic.length) {
      const child = childAt(node, topic[node.end]!);
      if (child === undefined) {
        const leaf = new TopicNode<V>(byteText(topic), node.end, topic.length);
        insert(node, leaf);
        return leaf;
      }
      const common = commonEnd(child, topic);
      node = common === child.end ? child : fork(node, child, common);
    }
    return node;
  }

  /** The node has no value any more: removes it, unless it is a fork. */
  prune(node: TopicNode<V>): void {
    const { parent } = node;
    if (parent === undefined || node.children.length > 1) return;
    const only = node.children[0];
    if (only !== undefined) {
      replace(parent, node, only);
      return;
    }
    remove(parent, node);
    if (parent.value === undefined && parent.children.length === 1) this.prune(parent); // it is not a fork any more
  }

  /** Visits every node that has a value. The tree must not change meanwhile. */
  forEach(visit: (node: TopicNode<V>) => void): void {
    const waiting = [this.#root];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (node.value !== undefined) visit(node);
      for (const child of node.children) waiting.push(child);
    }
  }
}

function childAt<V>({ table, low, children }: TopicNode<V>, first: number): TopicNode<V> | undefined {
  if (table !== undefined) {
    const at = first - low;
    return at >= 0 && at < table.length ? table[at] : undefined;
  }
  for (const child of children) if (child.first === first) return child;
  return undefined;
}

function insert<V>(parent: TopicNode<V>, child: TopicNode<V>): void {
  child.parent = parent;
  if (parent.children === NO_CHILDREN) parent.children = [child];
  else parent.children.push(child);
  if (parent.children.length > FEW_CHILDREN) tabulate(parent, child);
}

function remove<V>(parent: TopicNode<V>, child: TopicNode<V>): void {
  const { children, table, low } = parent;
  if (children.length === 1) {
    parent.children = NO_CHILDREN;
    return;
  }
  const last = children.pop()!;
  if (last !== child) children[children.indexOf(child)] = last;
  if (children.length <= FEW_CHILDREN) parent.table = undefined;
  else table![child.first - low] = undefined;
}

/** Replaces a node by another that continues with the same byte. */
function replace<V>(parent: TopicNode<V>, old: TopicNode<V>, child: TopicNode<V>): void {
  child.parent = parent;
  child.start = parent.end;
  child.first = old.first;
  parent.children[parent.children.indexOf(old)] = child;
  if (parent.table !== undefined) parent.table[child.first - parent.low] = child;
}

/** Adds a child to the table; creates a new table if there is none or it is too short. */
function tabulate<V>(parent: TopicNode<V>, child: TopicNode<V>): void {
  const { table, low, children } = parent;
  const at = child.first - low;
  if (table !== undefined && at >= 0 && at < table.length) {
    table[at] = child;
    return;
  }
  let [least, most] = [child.first, child.first];
  for (const { first } of children) {
    least = Math.min(least, first);
    most = Math.max(most, first);
  }
  const wider = new Array<TopicNode<V> | undefined>(most - least + 1).fill(undefined);
  for (const one of children) wider[one.first - least] = one;
  parent.table = wider;
  parent.low = least;
}

/** Whether the bytes contain all of a node. Its first byte is known to match. */
function continues<V>(node: TopicNode<V>, bytes: Uint8Array): boolean {
  return node.end <= bytes.length && commonEnd(node, bytes) === node.end;
}

/** The end of the part that the bytes and the topic of a node have in common. Its first byte is known to match. */
function commonEnd<V>({ text, start, end }: TopicNode<V>, bytes: Uint8Array): number {
  const last = Math.min(end, bytes.length);
  let at = start + 1;
  while (at < last && text.charCodeAt(at) === bytes[at]) at += 1;
  return at;
}

/** Inserts a node between parent and child, at the byte where another topic differs from the child's. */
function fork<V>(parent: TopicNode<V>, child: TopicNode<V>, end: number): TopicNode<V> {
  const between = new TopicNode<V>(child.text, child.start, end);
  replace(parent, child, between);
  child.start = end;
  child.first = child.text.charCodeAt(end);
  insert(between, child);
  return between;
}
