"""Which libraries a request may name, and what takes the place of the others."""

from collections.abc import Iterable

from stackwright.handler.v1.request_response_pb2 import Warning as HandlerWarning

# By the name as people write it, without blanks, points and dashes.
_HONOURED = {
    "react": "React",
    "redux": "Redux Toolkit",
    "reduxtoolkit": "Redux Toolkit",
    "rtkquery": "RTK Query",
    "materialui": "Material UI",
    "mui": "Material UI",
    "axios": "Axios",
    "reactrouter": "React Router",
    "vite": "Vite",
    "vitest": "Vitest",
    "testinglibrary": "Testing Library",
    "reacttestinglibrary": "Testing Library",
    "emotion": "Emotion",
    "typescript": "TypeScript",
    "javascript": "JavaScript",
}
_INSTEAD = {
    "state": ("Redux Toolkit", {"mobx", "zustand", "recoil", "jotai", "vuex", "pinia", "xstate"}),
    "requests": ("RTK Query over Axios", {"reactquery", "tanstackquery", "swr", "apollo", "apolloclient", "graphql"}),
    "components": (
        "Material UI",
        {"antd", "antdesign", "chakraui", "chakra", "bootstrap", "reactbootstrap", "tailwind", "tailwindcss", "mantine",
         "shadcn", "shadcnui", "semanticui", "bulma", "radixui"},
    ),
    "forms": ("its own forms on Material UI inputs", {"formik", "reacthookform", "finalform", "yup", "zod"}),
    "routing": ("React Router", {"wouter", "reachrouter", "tanstackrouter", "nextjs", "next"}),
    "build": ("Vite", {"webpack", "parcel", "createreactapp", "cra", "rollup", "esbuild"}),
    "tests": ("Vitest with Testing Library", {"jest", "mocha", "cypress", "enzyme", "playwright"}),
}  # fmt: skip

NAMES = sorted({*_HONOURED.values()})


def unsupported(libraries: Iterable[str]) -> list[HandlerWarning]:
    """One warning for each library that is not used, naming what is used instead."""
    return [_warning(name) for name in libraries if _plain(name) not in _HONOURED]


def _warning(name: str) -> HandlerWarning:
    found = (instead for instead, names in _INSTEAD.values() if _plain(name) in names)
    instead = next(found, "React with Redux Toolkit and Material UI")
    message = f"{name} is not supported by this handler; {instead} is used instead."
    return HandlerWarning(code="library_unsupported", subject=name, message=message)


def _plain(name: str) -> str:
    return "".join(sign for sign in name.lower() if sign.isalnum())
