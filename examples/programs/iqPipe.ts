// Makes floats of the bytes of an rtl-sdr, between two programs of a shell's pipe.
// #region main
import { fromIqFile, toIqFile } from 'rxzmq/sigmf';

fromIqFile('-', { format: 'cu8', sampleType: 'cf32' }).pipe(toIqFile('-')).subscribe();
// #endregion main
