package com.shunpi.workflow;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Runs the background workers; tests switch it off with {@code shunpi.scheduling=false} and call them themselves. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@ConditionalOnBooleanProperty(name = "shunpi.scheduling", matchIfMissing = true)
class SchedulingConfiguration {}
