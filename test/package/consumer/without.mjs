import { fromPull } from 'rxzmq';

fromPull('tcp://127.0.0.1:*', { bind: true, driver: 'native' }).subscribe({
  error: (error) => console.log(`caught ${error.code}`),
});
