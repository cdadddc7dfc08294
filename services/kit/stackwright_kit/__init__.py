"""What every service of Stackwright shares, and nothing of what any of them is about.

Eight parts: `server` (one call starts a service), `client` (one call reaches one), `errors`, `settings`, `logs`,
`bus` (NATS JetStream: events, announcements, stores, queues), `files` (streaming of files) and `testing`.
"""
