import { feature as authentication } from "./authentication/index.js";
import { feature as domain } from "./domain/index.js";

/** All features of the application, in the order in which the menu shows them. */
export const features = [domain, authentication];
