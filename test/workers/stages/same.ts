import { stage } from 'rxzmq/stage';

export default stage((value: unknown) => value);
