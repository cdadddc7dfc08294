"""Handler that writes React front ends: Redux Toolkit with RTK Query over Axios, Material UI, React Router."""
