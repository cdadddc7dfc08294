import type { Feature } from "../shared/feature.ts";
import { feature as authentication } from "./authentication/index.ts";
import { feature as healthMonitoring } from "./health_monitoring/index.ts";

/** All features of the application, in the order in which the menu shows them. */
export const features: Feature[] = [authentication, healthMonitoring];
