-- How a business speaks is its owner's to change, so the changes are kept with the business: what it
-- does not say is as its line of business has it (dialog/tones), and follows when that changes.
ALTER TABLE tenants
    -- What the owner has changed; see dialog::Tone for the fields.
    ADD COLUMN tone jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(tone) = 'object'),
    -- One more with each change: two people at it do not overwrite each other, and wording kept for
    -- one version is not said in another.
    ADD COLUMN tone_version integer NOT NULL DEFAULT 1 CHECK (tone_version >= 1);
