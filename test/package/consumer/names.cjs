console.log(Object.keys(require(process.argv[2])).sort().join('\n'));
