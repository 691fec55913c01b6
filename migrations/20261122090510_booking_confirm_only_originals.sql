-- A hold for moving an appointment shares that appointment's claim, so the two may overlap. If such
-- a hold could itself be confirmed, two confirmed rows could too. It never is: confirming it moves
-- the original and lets the hold go. Now the database says so.
ALTER TABLE appointments
    ADD CONSTRAINT appointments_moves_stay_holds
    CHECK (replaces IS NULL OR state IN ('held', 'cancelled', 'expired'));
