CREATE OR REPLACE TEMP TABLE how (rests_on INT, one INT, other INT, kind TEXT, how TEXT);
