import { GridView } from "../../../shared/grid/GridView.tsx";
import { useGridChanges } from "../../../shared/grid/useGridChanges.ts";
import { useListState } from "../../../shared/list/useListState.ts";
import { Page } from "../../../shared/ui/Page.tsx";
import { useListPermissionsQuery } from "../permission/api.ts";
import { useListRolesQuery, useUpdateRoleMutation } from "./api.ts";

export default function RolePermissionsGridPage() {
  const list = useListState({});
  const lines = useListPermissionsQuery(list.query);
  const heads = useListRolesQuery({ page_size: 100 });
  const [updateRole] = useUpdateRoleMutation();
  const changes = useGridChanges({
    owner: "head",
    owners: heads.data?.items ?? [],
    idsOf: (row) => row.permissions.map((item) => item.id),
    store: (row, ids) =>
      updateRole({ id: row.id, version: row.row_version, changes: { permissions: ids } }).unwrap(),
  });

  return (
    <Page title="Permissions of roles" subtitle="Which permissions each role has.">
      <GridView
        label="Permissions of roles"
        list={list}
        lines={lines}
        heads={heads}
        line={(row) => ({ id: row.id, label: row.title, hint: row.key })}
        head={(row) => ({ id: row.id, label: row.name })}
        cell={(line, head) => ({
          linked: head.permissions.some((item) => item.id === line.id),
          editable: head.can.includes("update"),
        })}
        changes={changes}
        searchLabel="Search permissions"
        empty={{ title: "Nothing to link yet" }}
      />
    </Page>
  );
}
