import { aside } from '../../demand/aside.js';
import { OptionError } from '../../errors.js';
import type { Frame } from '../../frame/types.js';
import { describe } from '../../basics/describe.js';
import { ANNOTATION_FIELDS, faultIn } from '../metadata/checkFields.js';
import type { SigmfAnnotation } from '../metadata/types.js';

/** Annotations of a frame; `core:sample_start` counts from its first sample. */
export type AnnotateFrame = (frame: Frame) => readonly SigmfAnnotation[] | undefined;

interface AnnotationSettings {
  readonly of: string;
  readonly annotate: AnnotateFrame | undefined;
  readonly namespaces: readonly string[];
}

/** A tag of GNU Radio. */
interface Tag {
  readonly offset: number;
  readonly key: string;
  readonly value: unknown;
}

/** Viewers cannot show longer ones. */
const LABEL_CHARACTERS = 20;
/** Tags that captures contain already. */
const CAPTURED_TAGS: ReadonlySet<unknown> = new Set(['rx_time', 'rx_freq', 'rx_rate']);

/** The caller's annotations of a frame. @throws OptionError */
export function annotationsOf(
  { of, annotate, namespaces }: AnnotationSettings,
  frame: Frame,
  start: number,
): SigmfAnnotation[] {
  const given = annotate === undefined ? undefined : aside(undefined, () => annotate(frame));
  if (given === undefined) return [];
  return Array.from(given, (annotation) => {
    const fault = faultIn(annotation, ANNOTATION_FIELDS, namespaces) ?? edgesFault(annotation);
    if (fault !== undefined)
      throw new OptionError('annotate', annotation, `${of}: an annotation of option 'annotate' ${fault}`);
    return { ...annotation, 'core:sample_start': (annotation['core:sample_start'] ?? 0) + start };
  });
}

/** Describes a loss in words, as `core:global_index` does in numbers. */
export function gapAnnotation(
  start: number,
  missing: number,
  lost: number | undefined,
  filled: number,
): SigmfAnnotation {
  const frames = `${missing} ${missing === 1 ? 'frame' : 'frames'}`;
  const samples = lost === undefined ? 'an unknown number of samples' : `${lost} samples`;
  const what = filled > 0 ? 'zeros in place of them' : 'before this sample';
  return {
    'core:sample_start': start,
    'core:sample_count': filled > 0 ? filled : 1,
    'core:label': 'gap',
    'core:comment': `${frames} lost, ${samples}: ${what}`,
    'core:generator': 'rxzmq',
  };
}

/** The tags of a frame, except those that captures contain. */
export function tagAnnotations(input: unknown, start: number): SigmfAnnotation[] {
  const { tags } = Object(input) as { tags?: unknown };
  if (!Array.isArray(tags)) return [];
  return tags.filter(isTag).map(({ offset, key, value }) => ({
    'core:sample_start': start + offset,
    'core:sample_count': 1,
    'core:label': key.slice(0, LABEL_CHARACTERS),
    'core:comment': `${key} = ${typeof value === 'string' ? value : describe(value)}`,
    'core:generator': 'rxzmq',
  }));
}

function isTag(tag: unknown): tag is Tag {
  const { offset, key } = Object(tag) as Partial<Tag>;
  return Number.isSafeInteger(offset) && Number(offset) >= 0 && typeof key === 'string' && !CAPTURED_TAGS.has(key);
}

function edgesFault(annotation: SigmfAnnotation): string | undefined {
  const { 'core:freq_lower_edge': lower, 'core:freq_upper_edge': upper } = annotation;
  if ((lower === undefined) !== (upper === undefined)) return 'needs both frequency edges, or none';
  return lower !== undefined && upper !== undefined && lower > upper ? 'has its frequency edges swapped' : undefined;
}
