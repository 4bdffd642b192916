INSERT IGNORE INTO tenant (id, name, state) VALUES (1, 'operator', 'active');
