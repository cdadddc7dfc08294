import { api } from "../api/api.ts";

export interface PublicSettingsAnswer {
  docs_try: boolean;
  verification_required: boolean;
  files_max_mb: number;
  files_types: string;
}

export const settingsApi = api.injectEndpoints({
  endpoints: (build) => ({
    publicSettings: build.query<PublicSettingsAnswer, void>({
      query: () => ({ url: "/public-settings" }),
    }),
  }),
});

export const { usePublicSettingsQuery } = settingsApi;
