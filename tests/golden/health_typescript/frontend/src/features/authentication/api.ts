import { api } from "../../shared/api/api.ts";
import type { Reference } from "../../shared/api/types.ts";

export interface RegisterAnswer {
  user: Reference;
  tokens: unknown;
}

export interface RegisterInput {
  email: string;
  name: string;
  password: string;
}

export interface LoginAnswer {
  user: Reference;
  tokens: unknown;
}

export interface LoginInput {
  email: string;
  password: string;
}

export interface RefreshAnswer {
  tokens: unknown;
}

export interface RefreshInput {
  refresh_token?: string | null;
}

export interface MeAnswer {
  user: Reference;
}

export const authenticationApi = api.enhanceEndpoints({ addTagTypes: ["User"] }).injectEndpoints({
  endpoints: (build) => ({
    register: build.mutation<RegisterAnswer, RegisterInput>({
      query: (body) => ({ url: "/register", method: "POST", body, anonymous: true }),
    }),
    login: build.mutation<LoginAnswer, LoginInput>({
      query: (body) => ({ url: "/login", method: "POST", body, anonymous: true }),
    }),
    refresh: build.mutation<RefreshAnswer, RefreshInput>({
      query: (body) => ({ url: "/refresh", method: "POST", body, anonymous: true }),
    }),
    logout: build.mutation<void, void>({
      query: () => ({ url: "/logout", method: "POST" }),
    }),
    me: build.query<MeAnswer, void>({
      query: () => ({ url: "/me" }),
      providesTags: ["User"],
    }),
  }),
});

export const { useRegisterMutation, useLoginMutation, useRefreshMutation, useLogoutMutation, useMeQuery } =
  authenticationApi;
