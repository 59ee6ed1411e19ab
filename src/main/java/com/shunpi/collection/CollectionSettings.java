package com.shunpi.collection;

import java.time.LocalTime;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How collection works.
 *
 * @param runAt the daily run begins on each working day at, Asia/Shanghai
 * @param followUpDays whoever is to follow a case up has so many working days; then the manager is told
 * @param farthestPromise a promise may lie so many calendar days ahead
 */
@ConfigurationProperties("shunpi.collection")
record CollectionSettings(
        @DefaultValue("08:00") LocalTime runAt,
        @DefaultValue("2") int followUpDays,
        @DefaultValue("90") int farthestPromise) {}
