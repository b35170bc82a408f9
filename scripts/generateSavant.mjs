// Writes src/savant/schema/codec.ts: how to read and write what src/savant/schema/savant.proto says.
//
//   node scripts/generateSavant.mjs [--check]
//
// protobufjs reads the schema; what is printed here goes straight from the types of src/savant/messages to the wire and
// back, with no objects between, and refuses what a savant peer would fail on.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import protobuf from 'protobufjs';

const schemaPath = fileURLToPath(new URL('../src/savant/schema/savant.proto', import.meta.url));
const codecPath = fileURLToPath(new URL('../src/savant/schema/codec.ts', import.meta.url));

const { root } = protobuf.parse(readFileSync(schemaPath, 'utf8'), { keepCase: true });
root.resolveAll();
const schema = root.lookup('protocol');

/** What is called otherwise in TypeScript. */
const typeNames = {
  ExternalFrame: 'ExternalContent',
  NoneFrame: 'NoContent',
  PolygonalArea: 'Polygon',
  TemporaryValueVariant: 'TemporaryValue',
  VideoFrameTranscodingMethod: 'TranscodingMethod',
  VideoFrameTransformation: 'Transformation',
  VideoObjectWithForeignParent: 'ForeignObject',
};
const fieldNames = {
  'Message.content': 'payload',
  'VideoFrameBatch.batch': 'frames',
  'Padding.padding_left': 'left',
  'Padding.padding_top': 'top',
  'Padding.padding_right': 'right',
  'Padding.padding_bottom': 'bottom',
};

/** Messages that are what their oneof is; the fields beside it belong to its member. */
const unions = new Set(['VideoFrameTransformation', 'AttributeValue']);

/** Messages that are what their only field is. */
const wrappers = { PolygonalAreaTags: '(string | undefined)[]', PolygonalAreaTag: 'string | undefined' };

/** Fields of messages that peers cannot do without. */
const required = new Set([
  'VideoObject.detection_box',
  'ObjectAttribute.attribute',
  'VideoObjectWithForeignParent.object',
  'BoundingBoxAttributeValueVariant.data',
  'PointAttributeValueVariant.data',
  'PolygonAttributeValueVariant.data',
  'IntersectionAttributeValueVariant.data',
]);

/** Which attributes are written. */
const written = {
  'VideoFrame.attributes': 'item.isPersistent',
  'VideoFrameUpdate.frame_attributes': 'item.isPersistent',
  'UserData.attributes': 'item.isPersistent',
  'ObjectAttribute.attribute': 'item.isPersistent',
  'VideoFrameUpdate.object_attributes': 'item.attribute.isPersistent',
  'VideoObject.attributes': '!item.isHidden',
};
/** Which attributes are kept when they are read. */
const kept = {
  'VideoObject.attributes': 'r.keepTemporary || item.isPersistent',
  'UserData.attributes': 'r.keepTemporary || item.isPersistent',
};

/** Rules about several fields, once they are written or read. */
const checks = {
  VideoFrame: ['checkFrame(value)', 'checkFrameRead(uuid, previousKeyframe, objects)'],
  PolygonalArea: ['checkPolygon(value)', 'checkPolygonRead(points, tags)'],
};

/** Fields that the reader and the writer have a method of their own for. */
const methods = { 'BoundingBox.angle': 'angle' };

/** How long a field is likely to be, where that is known or not short. */
const expected = {
  'Message.video_frame': 'expectedBytes(member)',
  'Message.video_frame_batch': '200',
  'Message.video_frame_update': '200',
  'Message.user_data': '200',
};

/** What the caller may say instead of the message. */
const overridden = ['seqId', 'systemId', 'protocolVersion'];

const camel = (name) => name.toLowerCase().replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
const typeName = ({ name }) => typeNames[name] ?? name.replace(/AttributeValueVariant$/, 'Value');
const isVariant = ({ name }) => /ValueVariant$/.test(name);
const keyOf = (field) => `${field.parent.name}.${field.name}`;
const namesOf = (type) => `${camel(type.name[0]) + type.name.slice(1)}Names`;

function fieldName(field) {
  if (keyOf(field) in fieldNames) return fieldNames[keyOf(field)];
  if (isVariant(field.parent) && field.name === 'data' && !field.parent.fields.dims) return 'value';
  return camel(field.name);
}

const WIRE = { double: 1, float: 5, string: 2, bytes: 2 };
const wireType = (field) => (field.resolvedType instanceof protobuf.Type || field.map ? 2 : (WIRE[field.type] ?? 0));
const tagOf = (field, wire = wireType(field)) => field.id * 8 + wire;

/** The oneof that a field is a case of; a field that is merely optional has none. */
const unionOf = (field) => (field.partOf && !field.partOf.isProto3Optional ? field.partOf : null);
const isOptional = (field) => Boolean(field.partOf?.isProto3Optional);
const isMessage = (field) => field.resolvedType instanceof protobuf.Type;
const isEnum = (field) => field.resolvedType instanceof protobuf.Enum;

const TYPES = {
  string: 'string',
  bytes: 'Uint8Array',
  bool: 'boolean',
  float: 'number',
  double: 'number',
  int32: 'number',
};
const ZEROS = { string: "''", bool: 'false', float: '0', double: '0', int32: '0' };
const scalarType = (field) => TYPES[field.type] ?? 'bigint';
const itemType = (field) =>
  isMessage(field) ? (wrappers[field.resolvedType.name] ?? typeName(field.resolvedType)) : scalarType(field);
const capital = (name) => name[0].toUpperCase() + name.slice(1);

/** All messages that can be reached from one. */
function reach(type, found = new Set()) {
  if (found.has(type)) return found;
  found.add(type);
  for (const field of type.fieldsArray) if (isMessage(field)) reach(field.resolvedType, found);
  return found;
}

const messages = [...reach(schema.lookupType('Message'))];
const enums = [
  ...new Set(messages.flatMap((type) => type.fieldsArray.filter(isEnum).map((field) => field.resolvedType))),
];
/** The word for each message that is a case of a oneof. */
const kinds = new Map(
  messages.flatMap((type) =>
    type.fieldsArray.filter((field) => unionOf(field) && isMessage(field)).map((f) => [f.resolvedType, camel(f.name)]),
  ),
);
const sorted = (type) => [...type.fieldsArray].sort((a, b) => a.id - b.id);

function printRead(type) {
  const fields = sorted(type);
  const name = typeName(type);
  const wrapped = type.name in wrappers;
  const lines = [];
  const results = [];
  const cases = [];
  const after = [];
  const seen = new Set();
  for (const field of fields) {
    const union = unionOf(field);
    const target = union ? fieldName(union) : fieldName(field);
    const tag = tagOf(field);
    if (union) {
      if (!seen.has(union)) {
        seen.add(union);
        const unionType = unions.has(type.name) ? name : { payload: 'Payload', content: 'FrameContent' }[target];
        lines.push(`let ${target}: ${unionType} | undefined;`);
        after.push(
          `if (${target} === undefined) throw missing('${unions.has(type.name) ? name : `${name}.${target}`}');`,
        );
        results.push(target);
      }
      const value = isMessage(field)
        ? `read${typeName(field.resolvedType)}(r, r.enter(end))`
        : `{ kind: '${camel(field.name)}', data: r.${field.type}() }`;
      cases.push(`case ${tag}: ${target} = ${value}; break;`);
    } else if (field.map) {
      const read = `read${name}${capital(target)}`;
      if (field.type === 'string') {
        lines.push(`const ${target}: [string, string][] = [];`);
        results.push(`${target}: Object.fromEntries(${target})`);
      } else {
        lines.push(
          `const ${target} = new Map<${field.keyType === 'string' ? 'string' : 'bigint'}, ${itemType(field)}>();`,
        );
        results.push(target);
      }
      cases.push(`case ${tag}: ${read}(r, r.enter(end), ${target}); break;`);
    } else if (field.repeated) {
      lines.push(
        `const ${target}: ${itemType(field).includes('|') ? `(${itemType(field)})` : itemType(field)}[] = [];`,
      );
      results.push(target);
      if (isMessage(field)) {
        const item = `read${typeName(field.resolvedType)}(r, r.enter(end))`;
        const keep = kept[keyOf(field)];
        const take = keep
          ? `{ const item = ${item}; if (${keep}) ${target}.push(item); break; }`
          : `${target}.push(${item}); break;`;
        cases.push(`case ${tag}: ${take}`);
      } else if (field.type === 'string') {
        cases.push(`case ${tag}: ${target}.push(r.string()); break;`);
      } else {
        cases.push(`case ${tagOf(field, 2)}: r.packed${capital(field.type)}(${target}, end); break;`);
        cases.push(`case ${tag}: ${target}.push(r.${field.type}()); break;`);
      }
    } else if (isMessage(field)) {
      lines.push(`let ${target}: ${itemType(field)} | undefined;`);
      cases.push(`case ${tag}: ${target} = read${typeName(field.resolvedType)}(r, r.enter(end)); break;`);
      if (required.has(keyOf(field))) after.push(`if (${target} === undefined) throw missing('${name}.${target}');`);
      results.push(target);
    } else if (isEnum(field)) {
      const names = namesOf(field.resolvedType);
      lines.push(
        `let ${target}: ${typeName(field.resolvedType)} = '${camel(Object.keys(field.resolvedType.values)[0])}';`,
      );
      cases.push(`case ${tag}: ${target} = r.name(${names}, '${name}.${target}'); break;`);
      results.push(target);
    } else {
      const zero = field.type === 'bytes' ? `: Uint8Array = new Uint8Array()` : ` = ${ZEROS[field.type] ?? '0n'}`;
      const start = isOptional(field) ? `: ${scalarType(field)} | undefined` : zero;
      lines.push(`let ${target}${start};`);
      cases.push(`case ${tag}: ${target} = r.${methods[keyOf(field)] ?? field.type}(); break;`);
      results.push(target);
    }
  }
  const check = checks[type.name];
  if (check) after.push(`${check[1]};`);
  let result;
  if (wrapped) result = `return ${results[0]};`;
  else if (unions.has(type.name)) {
    const union = fieldName(type.oneofsArray.find((one) => !one.isProto3Optional));
    const beside = results.filter((one) => one !== union);
    result = [
      ...beside.map((one) => `if (${one} !== undefined) (${union} as { ${one}: typeof ${one} }).${one} = ${one};`),
      `return ${union};`,
    ].join('\n');
  } else {
    const kind = kinds.get(type);
    if (kind) results.unshift(`kind: '${kind}'`);
    if (isVariant(type)) results.push('confidence: undefined'); // so that all have their place for it
    const [high, low] = ['creationTimestampNsHigh', 'creationTimestampNsLow'];
    if (results.includes(high))
      results.splice(results.indexOf(high), 2, `creationTimestampNs: joined(${high}, ${low})`);
    result = `return { ${results.join(', ')} };`;
  }
  const known = fields.reduce((bits, { id }) => bits | (1 << id), 0) >>> 0;
  return `
    function read${name}(r: Reader, end: number): ${wrappers[type.name] ?? name} {
      ${lines.join('\n')}
      while (r.pos < end) {
        const next = r.tag();
        ${cases.length > 0 ? `switch (next) { ${cases.join('\n')} default: r.skip(next, 0x${known.toString(16)}, '${name}'); }` : `r.skip(next, 0, '${name}');`}
      }
      r.leave(end);
      ${after.join('\n')}
      ${result}
    }
    ${fields
      .filter((field) => field.map)
      .map((field) => printReadEntry(type, field))
      .join('\n')}`;
}

function printReadEntry(type, field) {
  const name = `${typeName(type)}${capital(fieldName(field))}`;
  const ofText = field.type === 'string';
  const value = ofText ? "let value = '';" : `let value: ${itemType(field)} | undefined;`;
  const read = isMessage(field) ? `read${typeName(field.resolvedType)}(r, r.enter(end))` : `r.${field.type}()`;
  const key =
    field.keyType === 'string' ? { type: 'string', zero: "''", tag: 10 } : { type: 'bigint', zero: '0n', tag: 8 };
  return `
    function read${name}(r: Reader, end: number, into: ${ofText ? '[string, string][]' : `Map<${key.type}, ${itemType(field)}>`}): void {
      let key = ${key.zero};
      ${value}
      while (r.pos < end) {
        const next = r.tag();
        switch (next) {
          case ${key.tag}: key = r.${field.keyType}(); break;
          case 18: value = ${read}; break;
          default: r.skip(next, 6, '${name}');
        }
      }
      r.leave(end);
      ${ofText ? 'into.push([key, value]);' : `if (value === undefined) throw missing('${typeName(type)}.${fieldName(field)}'); into.set(key, value);`}
    }`;
}

/** Text that is written with its length before it. */
const sized = (tag, body, guess = '') =>
  `const start = w.open(${tag}${guess && `, ${guess}`}); ${body} w.close(start${guess && `, ${guess}`});`;

function printWrite(type) {
  const name = typeName(type);
  const wrapped = type.name in wrappers;
  const isMain = type.name === 'Message';
  const lines = [];
  const seen = new Set();
  for (const field of sorted(type)) {
    const union = unionOf(field);
    const target = fieldName(union ?? field);
    const value = wrapped ? 'value' : isMain && overridden.includes(target) ? target : `value.${target}`;
    const label = wrapped ? '' : target;
    const tag = tagOf(field);
    if (field.name === 'creation_timestamp_ns_high') {
      lines.push(`w.uint128(${tag}, ${tag + 8}, value.creationTimestampNs, 'creationTimestampNs');`);
    } else if (field.name === 'creation_timestamp_ns_low') {
      // written with the upper half
    } else if (union) {
      if (seen.has(union)) continue;
      seen.add(union);
      const member = unions.has(type.name) ? 'value' : 'member';
      const members = sorted(type).filter((one) => unionOf(one) === union);
      const cases = members.map((one) => {
        const kind = camel(one.name);
        if (!isMessage(one)) return `case '${kind}': w.blob(${tagOf(one)}, ${member}.data, 'data'); break;`;
        const body = `write${typeName(one.resolvedType)}(w, ${member});`;
        const guess = expected[keyOf(one)];
        const guessed = guess === undefined || /^\d+$/.test(guess) ? guess : 'expected';
        const first = guessed === 'expected' ? `const expected = ${guess};` : '';
        return `case '${kind}': { ${first} ${sized(tagOf(one), body, guessed)} break; }`;
      });
      const other = `default: throw wrongKind(${member}, ${members.map((one) => `'${camel(one.name)}'`).join(', ')});`;
      const whole = `switch (${member}.kind) { ${cases.join('\n')} ${other} }`;
      lines.push(
        unions.has(type.name)
          ? whole
          : `try { const member = value.${target}; requireObject(member); ${whole} } catch (error) { throw within(error, '${label}'); }`,
      );
    } else if (field.map) {
      lines.push(printWriteMap(field, value, label));
    } else if (field.repeated && isMessage(field)) {
      const item = typeName(field.resolvedType);
      const which = written[keyOf(field)];
      const write = sized(tag, `write${item}(w, item);`);
      const checked = field.resolvedType.name in wrappers ? '' : 'requireObject(item);';
      const deeper = which?.includes('attribute.') ? 'requireAttribute(item.attribute);' : '';
      lines.push(`requireArray(${value}, '${label}');
        for (let i = 0; i < ${value}.length; i++) {
          try {
            const item = ${value}[i]${field.resolvedType.name in wrappers ? '' : '!'};
            ${checked} ${deeper}
            ${which ? `if (${which}) { ${write} }` : write}
          } catch (error) { throw within(error, \`${label}[\${i}]\`); }
        }`);
    } else if (field.repeated) {
      const method = field.type === 'string' ? 'strings' : `packed${capital(field.type)}`;
      lines.push(`w.${method}(${method === 'strings' ? tag : tagOf(field, 2)}, ${value}, '${label}');`);
    } else if (isMessage(field)) {
      const must = required.has(keyOf(field));
      const checked = field.resolvedType.name in wrappers ? `requireArray(${value}, '');` : `requireObject(${value});`;
      const body = `try { ${checked} ${sized(tag, `write${typeName(field.resolvedType)}(w, ${value});`)} } catch (error) { throw within(error, '${label}'); }`;
      lines.push(must ? body : `if (${value} !== undefined) { ${body} }`);
    } else if (isEnum(field)) {
      lines.push(`w.name(${tag}, ${value}, ${namesOf(field.resolvedType)}, '${label}');`);
    } else {
      const method = methods[keyOf(field)] ?? (isOptional(field) ? `optional${capital(field.type)}` : field.type);
      lines.push(`w.${method}(${tag}, ${value}, '${label}');`);
    }
  }
  const check = checks[type.name];
  if (check) lines.push(`${check[0]};`);
  const fields = type.fieldsArray.length > 0;
  const valueType = wrappers[type.name] === undefined ? name : wrappers[type.name].replace('(', 'readonly (');
  const more = isMain ? overridden.map((one) => `, ${one} = value.${one}`).join('') : '';
  return `function write${name}(${fields ? 'w' : '_w'}: Writer, ${fields ? 'value' : '_value'}: ${valueType}${more}): void { ${lines.join('\n')} }`;
}

function printWriteMap(field, value, label) {
  const tag = tagOf(field);
  if (field.type === 'string') {
    return `requireObject(${value}, '${label}');
      for (const [key, text] of Object.entries(${value})) {
        ${sized(tag, `w.string(10, key, '${label}'); w.string(18, text, \`${label}['\${key}']\`);`)}
      }`;
  }
  return `requireMap(${value}, '${label}');
    for (const [key, item] of ${value}) {
      try {
        requireObject(item);
        ${sized(tag, `w.int64(8, key, ''); ${sized(18, `write${typeName(field.resolvedType)}(w, item);`).replaceAll('start', 'inner')}`)}
      } catch (error) { throw within(error, \`${label}[\${key}]\`); }
    }`;
}

const types = new Set(messages.filter((type) => !(type.name in wrappers)).map(typeName));
for (const type of enums) types.add(typeName(type));
types.add('FrameContent').add('Payload');
const attributes = readFileSync(new URL('../src/savant/schema/attributes.ts', import.meta.url), 'utf8');
const isOfAttributes = (name) => new RegExp(`^export (interface|type) ${name}\\b`, 'm').test(attributes);

const printed = `
  // Generated from savant.proto by scripts/generateSavant.mjs: edit these, then run npm run generate.
  import type { ${[...types].filter(isOfAttributes).sort().join(', ')} } from './attributes.js';
  import type { ${[...types]
    .filter((name) => !isOfAttributes(name))
    .sort()
    .join(', ')} } from './types.js';
  import { checkFrame, checkFrameRead, checkPolygon, checkPolygonRead } from './checks.js';
  import { missing, type Reader } from './Reader.js';
  import { requireArray, requireAttribute, requireMap, requireObject, within, wrongKind } from './Refusal.js';
  import type { Writer } from './Writer.js';


  ${enums
    .map(
      (type) =>
        `const ${namesOf(type)}: readonly ${typeName(type)}[] = [${Object.keys(type.values)
          .map((key) => `'${camel(key)}'`)
          .join(', ')}];`,
    )
    .join('\n')}

  function joined(high: bigint, low: bigint): bigint { return high === 0n ? low : (high << 64n) | low; }

  function expectedBytes({ content }: VideoFrame): number {
    return 400 + (content?.kind === 'internal' ? (content.data?.length ?? 0) : 0);
  }

  export ${printRead(messages[0]).trim()}
  export ${printWrite(messages[0]).trim()}
  ${messages
    .slice(1)
    .map((type) => `${printRead(type)}\n${printWrite(type)}`)
    .join('\n')}
`;

const options = await prettier.resolveConfig(codecPath, { editorconfig: true });
const codec = await prettier.format(
  printed.replaceAll(/\n\s*\n/g, '\n').replaceAll(/\n\s*((export )?function)/g, '\n\n$1'),
  {
    ...options,
    filepath: codecPath,
  },
);

if (process.argv.includes('--check')) {
  if (codec !== readFileSync(codecPath, 'utf8')) {
    console.error('src/savant/schema/codec.ts is not what savant.proto makes: run npm run generate');
    process.exitCode = 1;
  }
} else {
  writeFileSync(codecPath, codec);
}
