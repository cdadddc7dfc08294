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
import { DateTime, Flag, ReferenceChips, Text } from "../../../shared/ui/values.tsx";
import type { User } from "../../authentication/user/types.ts";
import { useUserActions } from "./actions.ts";
import { useListUsersQuery } from "./api.ts";

const columns: Column<User>[] = [
  { key: "name", label: "Name", sortable: true, render: (row) => <Text value={row.name} /> },
  { key: "email", label: "Email", sortable: true, render: (row) => <Text value={row.email} /> },
  { key: "active", label: "Active", sortable: true, render: (row) => <Flag value={row.active} /> },
  { key: "roles", label: "Roles", render: (row) => <ReferenceChips value={row.roles} max={3} /> },
  {
    key: "last_login_at",
    label: "Last login",
    sortable: true,
    render: (row) => <DateTime value={row.last_login_at} />,
  },
  {
    key: "email_verified",
    label: "Email verified",
    hidden: true,
    render: (row) => <Flag value={row.email_verified} />,
  },
  { ...createdAt, hidden: true },
  { ...updatedAt, hidden: true },
];

const filters: Filter[] = [
  { kind: "flag", key: "active", label: "Active" },
  { kind: "timestamp", key: "last_login_at", label: "Last login", nullable: true },
  { kind: "reference", key: "roles", label: "Roles", collection: "roles" },
  createdBetween,
];

export default function UserListPage() {
  const visitor = useVisitor();
  const list = useListState({ sort: "-created_at", filters });
  const result = useListUsersQuery(list.query);
  const actions = useUserActions();
  const create = visitor.can("users.manage") ? (
    <Button component={Link} to="/users/new" variant="contained" startIcon={<Icon name="plus" />}>
      New user
    </Button>
  ) : undefined;

  return (
    <Page title="Users" actions={create}>
      <ListView
        label="Users"
        list={list}
        result={result}
        columns={columns}
        filters={filters}
        searchLabel="Search users"
        rowHref={(row) => `/users/${row.id}`}
        rowActions={(row) => <RowActionMenu row={row} name={row.name} actions={actions} />}
        empty={{ title: "No users yet", body: "What you add appears here.", action: create }}
      />
    </Page>
  );
}
