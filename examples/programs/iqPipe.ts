// #region main
import { fromIqFile, toIqFile } from 'rxzmq/sigmf';

// rtl_sdr -f 98500000 -s 240000 - | node iqPipe.js | csdr fmdemod_quadri_cf
fromIqFile('-', { format: 'cu8', sampleType: 'cf32' }).pipe(toIqFile('-')).subscribe();
// #endregion main
