console.log(Object.keys(require('rxzmq')).sort().join('\n'));
