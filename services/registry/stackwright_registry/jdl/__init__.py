"""The JDL language (`domain.jdl`): read by a grammar, checked, and compiled to the entities of `domain.entities`."""
