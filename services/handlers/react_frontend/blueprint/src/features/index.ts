import type { Feature } from "../shared/feature.ts";
import { live } from "../shared/live/feature.ts";
import { feature as accountLockout } from "./account_lockout/index.ts";
import { feature as apiDocumentation } from "./api_documentation/index.ts";
import { feature as auditLogging } from "./audit_logging/index.ts";
import { feature as authentication } from "./authentication/index.ts";
import { feature as backgroundJobs } from "./background_jobs/index.ts";
import { feature as domain } from "./domain/index.ts";
import { feature as emailNotifications } from "./email_notifications/index.ts";
import { feature as emailVerification } from "./email_verification/index.ts";
import { feature as fileUpload } from "./file_upload/index.ts";
import { feature as healthMonitoring } from "./health_monitoring/index.ts";
import { feature as notifications } from "./notifications/index.ts";
import { feature as passwordReset } from "./password_reset/index.ts";
import { feature as realTimeChat } from "./real_time_chat/index.ts";
import { feature as roleBasedAccessControl } from "./role_based_access_control/index.ts";
import { feature as sessionManagement } from "./session_management/index.ts";
import { feature as userManagement } from "./user_management/index.ts";

/** All features of the application, in the order in which the menu shows them. */
export const features: Feature[] = [
  domain,
  emailVerification,
  passwordReset,
  authentication,
  userManagement,
  roleBasedAccessControl,
  auditLogging,
  accountLockout,
  fileUpload,
  notifications,
  realTimeChat,
  sessionManagement,
  apiDocumentation,
  backgroundJobs,
  emailNotifications,
  healthMonitoring,
  live,
];
