import { api } from "../../shared/api/api.js";

export const authenticationApi = api.enhanceEndpoints({ addTagTypes: ["User"] }).injectEndpoints({
  endpoints: (build) => ({
    register: build.mutation({
      query: (body) => ({ url: "/register", method: "POST", body, anonymous: true }),
    }),
    login: build.mutation({
      query: (body) => ({ url: "/login", method: "POST", body, anonymous: true }),
    }),
    refresh: build.mutation({
      query: (body) => ({ url: "/refresh", method: "POST", body, anonymous: true }),
    }),
    logout: build.mutation({
      query: () => ({ url: "/logout", method: "POST" }),
    }),
    me: build.query({
      query: () => ({ url: "/me" }),
      providesTags: ["User"],
    }),
  }),
});

export const { useRegisterMutation, useLoginMutation, useRefreshMutation, useLogoutMutation, useMeQuery } =
  authenticationApi;
