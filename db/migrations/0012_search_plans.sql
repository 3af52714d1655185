-- What a text finds depends on the text: a plan for all texts reads every device of the account.
ALTER FUNCTION app.find_devices(bigint, text, boolean, integer) SET plan_cache_mode = force_custom_plan;
