import Button from "@mui/material/Button";
import { Link } from "react-router";

import { useVisitor } from "../../../shared/session/useVisitor.js";
import { SummaryCard } from "../../../shared/ui/SummaryCard.jsx";
import { useListSamplesQuery } from "./api.js";

export default function SampleHomeCard() {
  const visitor = useVisitor();
  const result = useListSamplesQuery({ page_size: 4, sort: "-created_at" });
  return (
    <SummaryCard
      title="Samples"
      path="/samples"
      result={result}
      name={(row) => row.title}
      create={
        visitor.signedIn ? (
          <Button component={Link} to="/samples/new" variant="outlined">
            New sample
          </Button>
        ) : undefined
      }
    />
  );
}
