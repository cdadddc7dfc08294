import type { ThunkDispatch, UnknownAction } from "@reduxjs/toolkit";
import type { ComponentType } from "react";

import type { Access } from "./session/session.ts";
import type { IconName } from "./ui/icons.tsx";

export interface FeatureRoute {
  path: string;
  access: Access;
  /** The page is fetched when it is first visited. */
  load: () => Promise<{ default: ComponentType }>;
  /** `bare` pages stand alone, without navigation (sign-in). */
  layout?: "shell" | "bare";
}

export interface MenuEntry {
  section: "main" | "account" | "admin";
  label: string;
  path: string;
  icon: IconName;
  access: Access;
}

/** Places in other pages that a feature may fill. */
export interface Slots {
  /** Cards of the home page. */
  home?: { key: string; access: Access; load: () => Promise<{ default: ComponentType }> }[];
  /** Small controls at the end of the bar at the top. */
  header?: { key: string; access: Access; load: () => Promise<{ default: ComponentType }> }[];
  /** What is told above every page. */
  banner?: { key: string; access: Access; load: () => Promise<{ default: ComponentType }> }[];
  /** Lines below the form that signs in. */
  signIn?: ComponentType[];
  /** Items at the end of the account menu; the menu is closed by `onDone`. */
  account?: ComponentType<{ onDone: () => void }>[];
  /** Rendered once beside every page, for work that follows the session. */
  background?: ComponentType[];
}

/** As much of the store as features need before the first page. */
export interface FeatureStore {
  dispatch: ThunkDispatch<unknown, unknown, UnknownAction>;
}

export interface Feature {
  name: string;
  routes: FeatureRoute[];
  menu: MenuEntry[];
  slots?: Slots;
  /** Runs once, before the first page is shown. */
  start?: (store: FeatureStore) => Promise<void>;
  /** Where a stranger is sent who meets a page that needs an account. */
  signInPath?: string;
  /** Where somebody is sent whose request was refused with this code: a step that must come first. */
  gates?: Record<string, string>;
}

/** Everything that a feature adds to the application, in one place. */
export function defineFeature(feature: Feature): Feature {
  return feature;
}
