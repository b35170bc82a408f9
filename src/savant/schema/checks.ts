import { MessageError } from './MessageError.js';
import type { Polygon } from './attributes.js';
import type { VideoFrame, VideoObject } from './types.js';
import { Refusal } from './Refusal.js';

/** The characters that are hexadecimal digits. */
const isHex = /* @__PURE__ */ Uint8Array.from({ length: 128 }, (_, code) =>
  /[\da-f]/i.test(String.fromCharCode(code)) ? 1 : 0,
);
/** Up to this many objects are compared with each other. */
const FEW_OBJECTS = 16;

// What peers check beyond protobuf. Each rule exists once, as the text of the error; there is one function for each direction.

/** Refuses a frame on which its reader would fail. */
export function checkFrame(frame: VideoFrame): void {
  if (!isUuid(frame.uuid)) throw new Refusal('uuid', 'a UUID', frame.uuid);
  const { previousKeyframe } = frame;
  if (previousKeyframe !== undefined && !isUuid(previousKeyframe)) {
    throw new Refusal('previousKeyframe', 'a UUID', previousKeyframe);
  }
  const orphan = findOrphan(frame.objects);
  if (orphan >= 0) {
    const { parentId } = frame.objects[orphan]!;
    throw new Refusal(`objects[${orphan}].parentId`, 'the id of an object of the same frame', parentId);
  }
}

/** The same when reading. */
export function checkFrameRead(uuid: string, previousKeyframe: string | undefined, objects: VideoObject[]): void {
  if (!isUuid(uuid)) throw new MessageError('VideoFrame.uuid', `VideoFrame.uuid is not a UUID: '${uuid}'`);
  if (previousKeyframe !== undefined && !isUuid(previousKeyframe)) {
    const text = `VideoFrame.previousKeyframe is not a UUID: '${previousKeyframe}'`;
    throw new MessageError('VideoFrame.previousKeyframe', text);
  }
  const orphan = findOrphan(objects);
  if (orphan >= 0) {
    const { id, parentId } = objects[orphan]!;
    const text = `VideoFrame.objects: object ${id} has parent ${parentId!}, which is not among them`;
    throw new MessageError('VideoFrame.objects', text);
  }
}

/** Refuses a polygon that does not have as many tags as points. */
export function checkPolygon({ points, tags }: Polygon): void {
  if (tags !== undefined && tags.length !== points.length) {
    throw new Refusal('tags', `an array of ${points.length}, one for each point`, tags);
  }
}

/** The same when reading. */
export function checkPolygonRead(points: readonly unknown[], tags: readonly unknown[] | undefined): void {
  if (tags !== undefined && tags.length !== points.length) {
    throw new MessageError('Polygon.tags', `Polygon.tags are ${tags.length}, but there are ${points.length} points`);
  }
}

/** Whether a text is a UUID in one of the forms that peers accept. */
export function isUuid(text: unknown): boolean {
  if (typeof text !== 'string') return false;
  if (text.length === 36) return isHyphenated(text, 0);
  if (text.length === 32) return /^[\da-f]+$/i.test(text);
  if (text.length === 38) return text.startsWith('{') && text.endsWith('}') && isHyphenated(text, 1);
  return text.length === 45 && text.startsWith('urn:uuid:') && isHyphenated(text, 9);
}

/** A loop takes a third of the time of a regular expression, and each frame has a UUID. */
function isHyphenated(text: string, start: number): boolean {
  for (let i = 0; i < 36; i++) {
    const code = text.charCodeAt(start + i);
    const isHyphen = i === 8 || i === 13 || i === 18 || i === 23;
    if (isHyphen ? code !== 45 : isHex[code] !== 1) return false;
  }
  return true;
}

/** The index of the first object whose parent is not among them, or -1. */
function findOrphan(objects: readonly VideoObject[]): number {
  let ids: Set<bigint> | undefined;
  for (let i = 0; i < objects.length; i++) {
    const parentId = objects[i]!.parentId;
    if (parentId === undefined) continue;
    if (objects.length > FEW_OBJECTS) {
      ids ??= new Set(objects.map(({ id }) => id));
      if (!ids.has(parentId)) return i;
    } else if (!objects.some(({ id }) => id === parentId)) return i;
  }
  return -1;
}
