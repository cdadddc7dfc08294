import authentication from './authentication/index.js';
import domain from './domain/index.js';

/** Every feature of the application, in order of dependency. */
export const features = [authentication, domain];
