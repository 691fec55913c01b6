-- A resource serves one customer at a time. Holds count: someone choosing between two openings
-- must not lose the one on the screen. The range includes the buffers, so partial overlaps and
-- clean-up time are refused as well as equal starts. This constraint, not the code, is what makes
-- a double booking impossible.
ALTER TABLE appointments
    ADD CONSTRAINT appointments_no_overlap
    EXCLUDE USING gist (tenant_id WITH =, resource_id WITH =, during WITH &&, claim_id WITH <>)
    WHERE (state IN ('held', 'confirmed'));
