/** What the user sees: the view of events, as lines of text or JSON, and the text of each event. */
@NullMarked
package io.parley.apps.client.view;

import org.jspecify.annotations.NullMarked;
