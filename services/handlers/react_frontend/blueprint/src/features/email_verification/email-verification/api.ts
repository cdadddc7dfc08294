import { api } from "../../../shared/api/api.ts";

export interface ConfirmEmailVerificationInput {
  token: string;
}

const changed = ["EmailVerification", { type: "Choices", id: "email-verifications" }] as const;

export const emailVerificationApi = api
  .enhanceEndpoints({ addTagTypes: ["EmailVerification"] })
  .injectEndpoints({
    endpoints: (build) => ({
      confirmEmailVerification: build.mutation<void, ConfirmEmailVerificationInput>({
        query: (body) => ({ url: "/email-verifications/confirm", method: "POST", body, anonymous: true }),
        invalidatesTags: [...changed],
      }),
    }),
  });

export const { useConfirmEmailVerificationMutation } = emailVerificationApi;
