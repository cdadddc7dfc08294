import type { Feature } from '../shared/feature.ts';
import apiDocumentation from './api_documentation/index.ts';
import auditLogging from './audit_logging/index.ts';
import authentication from './authentication/index.ts';
import domain from './domain/index.ts';
import healthMonitoring from './health_monitoring/index.ts';
import roleBasedAccessControl from './role_based_access_control/index.ts';
import structuredLogging from './structured_logging/index.ts';
import userManagement from './user_management/index.ts';

/** Every feature of the application, in order of dependency. */
export const features: readonly Feature[] = [
  authentication,
  apiDocumentation,
  auditLogging,
  healthMonitoring,
  structuredLogging,
  roleBasedAccessControl,
  userManagement,
  domain,
];
