/** What the application calls itself in its header and page titles. */
export const APP_NAME = "Golden";
