import Button from "@mui/material/Button";
import { Link } from "react-router";

import { RowActionMenu } from "../../../shared/actions/RowActionMenu.tsx";
import { ListView } from "../../../shared/list/ListView.tsx";
import { createdAt, createdBetween, updatedAt } from "../../../shared/list/rowTimes.tsx";
import type { Column, Filter } from "../../../shared/list/types.ts";
import { useListState } from "../../../shared/list/useListState.ts";
import { useVisitor } from "../../../shared/session/useVisitor.ts";
import { Icon } from "../../../shared/ui/icons.tsx";
import { Page } from "../../../shared/ui/Page.tsx";
import { Flag, ReferenceChips, Text } from "../../../shared/ui/values.tsx";
import { useRoleActions } from "./actions.ts";
import { useListRolesQuery } from "./api.ts";
import type { Role } from "./types.ts";

const columns: Column<Role>[] = [
  { key: "name", label: "Name", sortable: true, render: (row) => <Text value={row.name} /> },
  { key: "description", label: "Description", render: (row) => <Text value={row.description} /> },
  { key: "builtin", label: "Builtin", sortable: true, render: (row) => <Flag value={row.builtin} /> },
  createdAt,
  {
    key: "permissions",
    label: "Permissions",
    hidden: true,
    render: (row) => <ReferenceChips value={row.permissions} max={3} />,
  },
  {
    key: "users",
    label: "Users",
    hidden: true,
    render: (row) => <ReferenceChips value={row.users} max={3} />,
  },
  { ...updatedAt, hidden: true },
];

const filters: Filter[] = [
  { kind: "flag", key: "builtin", label: "Builtin" },
  { kind: "reference", key: "permissions", label: "Permissions", collection: "permissions" },
  { kind: "reference", key: "users", label: "Users", collection: "users" },
  createdBetween,
];

export default function RoleListPage() {
  const visitor = useVisitor();
  const list = useListState({ sort: "-created_at", filters });
  const result = useListRolesQuery(list.query);
  const actions = useRoleActions();
  const create = visitor.can("roles.manage") ? (
    <Button component={Link} to="/roles/new" variant="contained" startIcon={<Icon name="plus" />}>
      New role
    </Button>
  ) : undefined;

  return (
    <Page title="Roles" actions={create}>
      <ListView
        label="Roles"
        list={list}
        result={result}
        columns={columns}
        filters={filters}
        searchLabel="Search roles"
        rowHref={(row) => `/roles/${row.id}`}
        rowActions={(row) => <RowActionMenu row={row} name={row.name} actions={actions} />}
        empty={{ title: "No roles yet", body: "What you add appears here.", action: create }}
      />
    </Page>
  );
}
