import type { Feature } from "../shared/feature.ts";
import { feature as apiDocumentation } from "./api_documentation/index.ts";
import { feature as auditLogging } from "./audit_logging/index.ts";
import { feature as authentication } from "./authentication/index.ts";
import { feature as domain } from "./domain/index.ts";
import { feature as healthMonitoring } from "./health_monitoring/index.ts";
import { feature as roleBasedAccessControl } from "./role_based_access_control/index.ts";
import { feature as userManagement } from "./user_management/index.ts";

/** All features of the application, in the order in which the menu shows them. */
export const features: Feature[] = [
  domain,
  authentication,
  userManagement,
  roleBasedAccessControl,
  auditLogging,
  apiDocumentation,
  healthMonitoring,
];
