import { api } from "../../shared/api/api.ts";

export interface ForgotPasswordInput {
  email: string;
}

export const passwordResetApi = api.injectEndpoints({
  endpoints: (build) => ({
    forgotPassword: build.mutation<void, ForgotPasswordInput>({
      query: (body) => ({ url: "/forgot-password", method: "POST", body }),
    }),
  }),
});

export const { useForgotPasswordMutation } = passwordResetApi;
