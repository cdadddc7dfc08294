import { api } from "../../../shared/api/api.ts";

export interface ConfirmPasswordResetInput {
  token: string;
  password: string;
}

const changed = ["PasswordReset", { type: "Choices", id: "password-resets" }] as const;

export const passwordResetApi = api.enhanceEndpoints({ addTagTypes: ["PasswordReset"] }).injectEndpoints({
  endpoints: (build) => ({
    confirmPasswordReset: build.mutation<void, ConfirmPasswordResetInput>({
      query: (body) => ({ url: "/password-resets/confirm", method: "POST", body, anonymous: true }),
      invalidatesTags: [...changed],
    }),
  }),
});

export const { useConfirmPasswordResetMutation } = passwordResetApi;
