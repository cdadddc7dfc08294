import { api } from "../../shared/api/api.ts";

export const emailVerificationApi = api.injectEndpoints({
  endpoints: (build) => ({
    resendVerification: build.mutation<void, void>({
      query: () => ({ url: "/resend-verification", method: "POST" }),
    }),
  }),
});

export const { useResendVerificationMutation } = emailVerificationApi;
