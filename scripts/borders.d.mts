/** The room that a file of src/ stands in. */
export function roomOf(rooms: Readonly<Record<string, string>>, file: string): string;
/** What a file imports, as the table of rooms says it: a room, or a package. */
export function importedBy(rooms: Readonly<Record<string, string>>, file: string, specifier: string): string;
