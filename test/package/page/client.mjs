// What a page does: takes a frame, asks, and pushes what it got. Its entry is filled in by the test, its gateway by `at` on globalThis.
import { firstValueFrom, lastValueFrom, of } from 'rxjs';
import { fromSub, request, text, toPush } from 'ENTRY';

const at = globalThis.at;
const { sampleType, samples } = await firstValueFrom(fromSub(`${at}/iq`));
const answer = await lastValueFrom(of('tuned').pipe(request(`${at}/tune`, { codec: text })));
const said = `${answer} ${sampleType} ${samples.join()}`;
await lastValueFrom(of(said).pipe(toPush(`${at}/up`, { codec: text })), { defaultValue: undefined });
console.log(said);
