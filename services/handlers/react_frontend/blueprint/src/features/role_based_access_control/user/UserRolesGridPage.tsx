import { GridView } from "../../../shared/grid/GridView.tsx";
import { useGridChanges } from "../../../shared/grid/useGridChanges.ts";
import { useListState } from "../../../shared/list/useListState.ts";
import { Page } from "../../../shared/ui/Page.tsx";
import { useListUsersQuery, useUpdateUserMutation } from "../../user_management/user/api.ts";
import { useListRolesQuery } from "../role/api.ts";

export default function UserRolesGridPage() {
  const list = useListState({});
  const lines = useListUsersQuery(list.query);
  const heads = useListRolesQuery({ page_size: 100 });
  const [updateUser] = useUpdateUserMutation();
  const changes = useGridChanges({
    owner: "line",
    owners: lines.data?.items ?? [],
    idsOf: (row) => row.roles.map((item) => item.id),
    store: (row, ids) =>
      updateUser({ id: row.id, version: row.row_version, changes: { roles: ids } }).unwrap(),
  });

  return (
    <Page title="Roles of users" subtitle="Which roles each user has.">
      <GridView
        label="Roles of users"
        list={list}
        lines={lines}
        heads={heads}
        line={(row) => ({ id: row.id, label: row.name, hint: row.email })}
        head={(row) => ({ id: row.id, label: row.name })}
        cell={(line, head) => ({
          linked: line.roles.some((item) => item.id === head.id),
          editable: line.can.includes("update"),
        })}
        changes={changes}
        searchLabel="Search users"
        empty={{ title: "Nothing to link yet" }}
      />
    </Page>
  );
}
