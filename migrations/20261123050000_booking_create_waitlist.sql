-- Who would like to come when something frees up, in the order in which they said so; and what it
-- takes for an event of an appointment to reach somebody.
CREATE TABLE waitlist_entries (
    tenant_id        uuid NOT NULL,
    entry_id         uuid NOT NULL,
    contact_id       uuid NOT NULL,
    -- As they introduced themselves when they joined; goes on the hold.
    customer_name    text,
    customer_phone   text,
    items            jsonb NOT NULL CHECK (jsonb_array_length(items) BETWEEN 1 AND 6),
    party_size       integer NOT NULL DEFAULT 1 CHECK (party_size BETWEEN 1 AND 500),
    wish             jsonb NOT NULL DEFAULT '{}', -- constraints on when, by the business's clock
    state            text NOT NULL DEFAULT 'waiting'
                     CHECK (state IN ('waiting', 'offered', 'accepted', 'declined', 'lapsed',
                                      'withdrawn')),
    -- The hold that is, or last was, offered.
    offer_id         uuid,
    offer_expires_at timestamptz,
    created_at       timestamptz NOT NULL,
    updated_at       timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, entry_id),
    FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts,
    FOREIGN KEY (tenant_id, offer_id) REFERENCES appointments,
    CHECK ((offer_id IS NULL) = (offer_expires_at IS NULL)),
    CONSTRAINT waitlist_entries_offered CHECK (state <> 'offered' OR offer_id IS NOT NULL)
);
CALL enforce_tenant_wall('waitlist_entries');
GRANT SELECT, INSERT, UPDATE ON waitlist_entries TO booka_app;
CREATE INDEX waitlist_entries_waiting ON waitlist_entries (tenant_id, created_at, entry_id)
    WHERE state = 'waiting';
CREATE INDEX waitlist_entries_by_contact ON waitlist_entries (tenant_id, contact_id);
-- One hold is offered to one entry, for good.
CREATE UNIQUE INDEX waitlist_entries_one_offer ON waitlist_entries (tenant_id, offer_id)
    WHERE offer_id IS NOT NULL;

-- The second wall of booking/src/waitlist.rs: only who waits is offered something, so no entry has
-- two offers; and what is over stays over.
CREATE FUNCTION waitlist_entries_moves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    allowed text[] := CASE OLD.state
        WHEN 'waiting' THEN ARRAY['offered', 'withdrawn']
        WHEN 'offered' THEN ARRAY['accepted', 'declined', 'lapsed', 'withdrawn']
        WHEN 'lapsed'  THEN ARRAY['waiting', 'accepted', 'declined', 'withdrawn']
        ELSE ARRAY[]::text[]
    END;
BEGIN
    IF NOT NEW.state = ANY (allowed) THEN
        RAISE EXCEPTION 'a waitlist entry that is % cannot become %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'waitlist_entries_moves';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER waitlist_entries_moves
    BEFORE UPDATE ON waitlist_entries FOR EACH ROW EXECUTE FUNCTION waitlist_entries_moves();

-- Whoever writes an event need not think of waking whoever reacts to it. For each row, since a sweep
-- that finds nothing inserts none; a notification holds a lock of the whole server until its commit.
CREATE FUNCTION appointment_events_ring() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('booka_events', '');
    RETURN NULL;
END $$;
CREATE TRIGGER appointment_events_ring
    AFTER INSERT ON appointment_events FOR EACH ROW WHEN (NEW.event <> 'held')
    EXECUTE FUNCTION appointment_events_ring();

-- A message need not be a reply any more: what an event causes is said once, whatever is killed
-- when. `cause` names the event.
ALTER TABLE outbound_messages
    ALTER COLUMN in_reply_to DROP NOT NULL,
    ADD COLUMN cause text CHECK (length(cause) BETWEEN 1 AND 200),
    ADD CONSTRAINT outbound_messages_one_notice UNIQUE (tenant_id, cause),
    ADD CONSTRAINT outbound_messages_because CHECK ((in_reply_to IS NULL) <> (cause IS NULL));
