import type { Feature } from '../shared/feature.ts';
import authentication from './authentication/index.ts';
import healthMonitoring from './health_monitoring/index.ts';

/** Every feature of the application, in order of dependency. */
export const features: readonly Feature[] = [authentication, healthMonitoring];
