// The names that an entry of the package has.
const entry = await import(process.argv[2]);

console.log(Object.keys(entry).sort().join('\n'));
